import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBinding } from '../../scripts/terraform-schemas/read-binding.ts';

/** One entry of what a generated class writes to HCL. */
const entry = (name: string, value: string, isBlock: boolean, type: string, storage: string): string => `
            ${name}: {
                value: ${value},
                isBlock: ${isBlock},
                type: "${type}",
                storageClassType: "${storage}",
            },`;

const attrs = (...entries: readonly string[]): string => `
        const attrs = {${entries.join('')}
        };
`;

/** A generated file in small: one resource with two blocks, one of which the provider may fill in itself. */
const BINDING = `"use strict";
function shelfSlotToHclTerraform(struct) {
    ${attrs(entry('width', 'cdktn.numberToHclTerraform(struct.width)', false, 'simple', 'number'))}
}
class ShelfSlotOutputReference extends cdktn.ComplexObject {
}
function shelfLampToHclTerraform(struct) {
    ${attrs(entry('watts', 'cdktn.numberToHclTerraform(struct.watts)', false, 'simple', 'number'))}
}
class ShelfLampOutputReference extends cdktn.ComplexObject {
    resetWatts() {
    }
}
class Shelf extends cdktn.TerraformResource {
    constructor(scope, id, config) {
        super(scope, id, {
            terraformResourceType: 'library_shelf',
        });
        // slot - computed: false, optional: false, required: true
        this._slot = new ShelfSlotList(this, "slot", false);
        // lamp - computed: true, optional: true, required: false
        this._lamp = new ShelfLampList(this, "lamp", true);
        // door - computed: false, optional: true, required: false
        this._door = new ShelfLampOutputReference(this, "door");
    }
    // shelf_mark - computed: true, optional: false, required: false
    get shelfMark() {
        return this.getStringAttribute('shelf_mark');
    }
    resetLabels() {
    }
    synthesizeHclAttributes() {
        ${attrs(
          entry('name', 'cdktn.stringToHclTerraform(this._name)', false, 'simple', 'string'),
          entry('labels', 'cdktn.hashMapperHcl(cdktn.stringToHclTerraform)(this._labels)', false, 'map', 'stringMap'),
          entry(
            'slot',
            'cdktn.listMapperHcl(shelfSlotToHclTerraform, true)(this._slot.internalValue)',
            true,
            'list',
            'ShelfSlotList',
          ),
          entry(
            'lamp',
            'cdktn.listMapperHcl(shelfLampToHclTerraform, false)(this._lamp.internalValue)',
            true,
            'set',
            'ShelfLampList',
          ),
          entry('door', 'shelfLampToHclTerraform(this._door.internalValue)', true, 'list', 'ShelfLampList'),
        )}
    }
}
`;

test('a resource is read back from its generated class', () => {
  assert.deepEqual(readBinding(BINDING), {
    kind: 'Resource',
    type: 'library_shelf',
    block: {
      attributes: {
        name: { type: 'string', required: true },
        labels: { type: ['map', 'string'], optional: true },
        lamp: { type: ['set', ['object', { watts: 'number' }]], optional: true, computed: true },
        shelf_mark: { type: 'string', computed: true },
      },
      block_types: {
        slot: {
          nesting_mode: 'list',
          block: { attributes: { width: { type: 'number', required: true } }, block_types: {} },
          min_items: 1,
        },
        door: {
          nesting_mode: 'list',
          block: { attributes: { watts: { type: 'number', optional: true } }, block_types: {} },
          max_items: 1,
        },
      },
    },
  });
});

test('a file that declares no resource is passed over', () => {
  assert.equal(readBinding('exports.version = "1";'), undefined);
});

test('a computed value whose type cannot be told stops the refresh', () => {
  const unreadable = BINDING.replace("this.getStringAttribute('shelf_mark')", 'this.shelfMarkSomehow()');
  assert.throws(() => readBinding(unreadable), /no type is known/);
});
