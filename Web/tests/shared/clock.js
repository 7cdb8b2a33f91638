/** A clock that moves when told. */
export class Clock {
  at = 1_000_000;
  waiting = [];

  now() { return this.at; }

  setTimeout(run, after) {
    const timer = { run, due: this.at + after };
    this.waiting.push(timer);
    return timer;
  }

  clearTimeout(timer) { this.waiting = this.waiting.filter(one => one !== timer); }

  async pass(milliseconds) {
    const end = this.at + milliseconds;
    for (;;) {
      await settle();
      const next = this.waiting.filter(timer => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.clearTimeout(next);
      this.at = next.due;
      next.run();
    }
    this.at = end;
    await settle();
  }
}

/** Lets everything that is ready to run, run. */
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => { setImmediate(resolve); });
}
