// Stands for everything that draws: can be called, made, read, and is never looked at.
const target = function () {};
const nothing = new Proxy(target, {
  get(_, key) {
    if (key === '__esModule') return true;
    if (key === Symbol.toPrimitive) return () => '';
    return key === 'prototype' ? target.prototype : nothing;
  },
  apply: () => nothing,
  construct: () => ({}),
  getPrototypeOf: () => nothing,
});
module.exports = nothing;
