// A photo that does not arrive shows its colour and its caption instead of a broken picture, and is asked for once more.

export function mindLostPhotos(root) {
  root.addEventListener("error", (event) => event.target.matches?.(".framed > img") && lose(event.target), true);
  root.addEventListener("load", (event) => event.target.matches?.(".framed > img") && find(event.target), true);
  for (const image of root.querySelectorAll(".framed > img")) if (image.complete && image.currentSrc && !image.naturalWidth) lose(image);
  addEventListener("online", () => {
    for (const image of root.querySelectorAll(".lost > img")) image.srcset = image.srcset; // asks again
  });
}

function lose(image) {
  const frame = image.parentElement;
  if (frame.classList.contains("lost")) return;
  frame.classList.add("lost");
  const words = Object.assign(document.createElement("span"), { className: "instead", textContent: image.alt });
  words.setAttribute("aria-hidden", "true"); // the picture's own words are still read
  frame.append(words);
}

function find(image) {
  image.parentElement.classList.remove("lost");
  image.parentElement.querySelector(".instead")?.remove();
}
