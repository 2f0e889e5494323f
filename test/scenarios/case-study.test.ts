// The case study is told once, and each subject looks at what it left: later ones build on what earlier ones did.
import './case-study/plan.ts';
import './case-study/what-was-cut.ts';
import './case-study/what-waits.ts';
import './case-study/report.ts';
import './case-study/evidence.ts';
import './case-study/afterwards.ts';
import './case-study/nothing-left.ts';
