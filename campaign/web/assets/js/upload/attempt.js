// One attempt to carry a photo's bytes: XMLHttpRequest, since fetch tells no progress.
import { STALL_MS } from "./patience.js";

/** What ended an attempt: the store's `status`, 0 for silence. Where it is `aged` a fresh signature may help; S3s say it differently. */
export const attemptFailed = (status) => Object.assign(Error(status), { status, aged: status === 400 || status === 403 });

/** Send once, calling `moved(share)`. Ends when nothing moves for 20 s, or no answer comes in 40 s once all has left. */
export const putBytes = ({ method, url, headers }, file, moved) => new Promise((done, fail) => {
  const request = new XMLHttpRequest();
  let alarm;
  const watch = (ms) => { clearTimeout(alarm); alarm = setTimeout(() => request.abort(), ms); };
  request.open(method, url);
  // The browser sets the length itself and refuses to be told.
  for (const name in headers) if (!/length/i.test(name)) request.setRequestHeader(name, headers[name]);
  request.upload.onprogress = ({ loaded }) => { watch(loaded < file.size ? STALL_MS : 2 * STALL_MS); moved(loaded / file.size); };
  request.onloadend = () => {
    clearTimeout(alarm);
    if (request.status === 200) done();
    else fail(attemptFailed(request.status));
  };
  watch(STALL_MS);
  request.send(file);
});
