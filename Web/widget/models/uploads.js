/**
 * Files chosen for the next message: each goes up at once, tells how far it has got, and waits for the message. No DOM.
 *
 *   const uploads = new Uploads({ upload: (file, options) => api.upload(file, options), onChange });
 *   uploads.add(files)     uploads.remove(upload)     uploads.retry(upload)
 *   uploads.list           [{ file, state: "going" | "ready" | "failed", part: 0…1, attachment, problem }]
 *   uploads.isGoing        something is still on its way
 *   uploads.takeReady()    → the attachments for a message, and the tray is empty
 *
 * @module
 */

import { persist, Problem } from "../../shared/api.js";

export const LARGEST = 25 * 1024 * 1024;

/** @typedef {{ file: File, state: "going" | "ready" | "failed", part: number, attachment?: any, problem?: Problem, cancel: AbortController }} Upload */

export class Uploads {
  /** @param {{ upload: (file: File, options: any) => Promise<any>, onChange: (uploads: Uploads) => void }} options */
  constructor({ upload, onChange }) {
    this.send = upload;
    this.onChange = onChange;
    /** @type {Upload[]} */
    this.list = [];
  }

  get isGoing() { return this.list.some(upload => upload.state === "going"); }

  /** @param {Iterable<File>} files */
  add(files) {
    for (const file of files) {
      /** @type {Upload} */
      const upload = { file, state: "going", part: 0, cancel: new AbortController() };
      this.list.push(upload);
      void this.go(upload);
    }
    this.onChange(this);
  }

  /** @param {Upload} upload */
  async go(upload) {
    try {
      const refused = refusalOf(upload.file);
      if (refused) throw refused;
      upload.attachment = await persist(() => this.send(upload.file, { signal: upload.cancel.signal, onProgress: (/** @type {number} */ part) => this.progressed(upload, part) }), { tries: 4 });
      upload.state = "ready";
    } catch (error) {
      upload.state = "failed";
      upload.problem = error instanceof Problem ? error : new Problem({ code: "internal" });
    }
    if (this.list.includes(upload)) this.onChange(this);
  }

  /** @param {Upload} upload @param {number} part */
  progressed(upload, part) {
    upload.part = part;
    this.onChange(this);
  }

  /** @param {Upload} upload */
  retry(upload) {
    Object.assign(upload, { state: "going", part: 0, problem: undefined });
    this.onChange(this);
    void this.go(upload);
  }

  /** @param {Upload} upload */
  remove(upload) {
    upload.cancel.abort();
    this.list = this.list.filter(one => one !== upload);
    this.onChange(this);
  }

  /** @returns {any[]} */
  takeReady() {
    const ready = this.list.filter(upload => upload.state === "ready");
    this.list = this.list.filter(upload => upload.state !== "ready");
    this.onChange(this);
    return ready.map(upload => upload.attachment);
  }
}

/**
 * What the server would refuse anyway is refused before it is sent over a slow line.
 * @param {File} file
 */
function refusalOf(file) {
  if (file.size > LARGEST) return new Problem({ code: "upload_too_large", status: 413 });
  return file.size === 0 ? new Problem({ code: "upload_empty", status: 422 }) : null;
}
