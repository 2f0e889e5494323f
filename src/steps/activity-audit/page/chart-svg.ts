import {
  BarChart,
  type BarSeriesOption,
  HeatmapChart,
  type HeatmapSeriesOption,
  LineChart,
  type LineSeriesOption,
} from 'echarts/charts';
import {
  GridComponent,
  type GridComponentOption,
  MarkAreaComponent,
  MarkLineComponent,
  type VisualMapComponentOption,
  VisualMapPiecewiseComponent,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Markup, markup, trusted } from '../../../html/markup.ts';

echarts.use([
  BarChart,
  HeatmapChart,
  LineChart,
  GridComponent,
  MarkLineComponent,
  MarkAreaComponent,
  VisualMapPiecewiseComponent,
  SVGRenderer,
]);

type ChartOption = ComposeOption<
  BarSeriesOption | HeatmapSeriesOption | LineSeriesOption | GridComponentOption | VisualMapComponentOption
>;

export interface Chart {
  /** Unique in the page: prefix of the ids inside. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** What the chart shows, for those who do not see it. */
  readonly alternative: string;
  readonly option: ChartOption;
}

/** A chart as inline SVG. Colours are custom properties of the page, so that it follows light, dark and paper. */
export function chartSvg({ id, width, height, alternative, option }: Chart): Markup {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option });
    const body = stable(chart.renderToSVGString(), id);
    return markup`<svg role="img" aria-label="${alternative}" viewBox="0 0 ${width} ${height}" class="chart">${trusted(body)}</svg>`;
  } finally {
    chart.dispose();
  }
}

/**
 * The drawing without its frame, and without what belongs to a browser's run time: hover rules, and names that
 * count up from one chart to the next, by which two renderings of one report would differ.
 */
function stable(svg: string, id: string): string {
  return svg
    .replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_\w+|pointer-events|xml:space)="[^"]*"/g, '')
    .replace(/zr\d+-([a-z]+\d+)/g, `${id}-$1`)
    .replace(/\n+/g, '\n');
}
