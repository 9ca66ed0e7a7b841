// Builds the browser's assets into campaign/web/static/dist: bundles, fonts cut to what a page needs, compressed twins
// (.gz, .br) for the server to hand out, and manifest.json from plain names to hashed ones.
import { build, context } from "esbuild";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import subsetFont from "subset-font";

const ASSETS = "campaign/web/assets";
const DIST = "campaign/web/static/dist";
const MANIFEST = join(DIST, "manifest.json");
const PAGES = ["stage", "enter", "panel", "winners", "desk"];

const span = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
const BASIC = span(0x20, 0x7e) + "\u00a0·×–—‘’“”…←→↑↓−€";
const LATIN_1 = span(0xa1, 0xff).replace("·", "").replace("×", "");

// The display face is only ever set at 800, so its weight axis is pinned: a third of the bytes.
const FACES = {
  display: { family: "bricolage-grotesque", axes: { wght: 800 } },
  text: { family: "instrument-sans", axes: { wght: { min: 400, max: 700 } } },
};
const PIECES = { basic: ["latin", BASIC], accents: ["latin", LATIN_1], ext: ["latin-ext", null] };

/** `fonts:text-basic.woff2` in CSS becomes a file with just those letters, so that an English page loads 35 kB of type. */
const fonts = {
  name: "fonts",
  setup(bundler) {
    bundler.onResolve({ filter: /^fonts:/ }, ({ path }) => ({ path: path.slice("fonts:".length), namespace: "fonts" }));
    bundler.onLoad({ filter: /.*/, namespace: "fonts" }, async ({ path }) => {
      const [face, piece] = basename(path, ".woff2").split("-");
      const { family, axes } = FACES[face];
      const [range, letters] = PIECES[piece];
      const whole = await readFile(`node_modules/@fontsource-variable/${family}/files/${family}-${range}-wght-normal.woff2`);
      const contents = letters ? await subsetFont(whole, letters, { targetFormat: "woff2", variationAxes: axes }) : whole;
      return { contents, loader: "file" };
    });
  },
};

/** `shapes:` in CSS becomes one class per width-to-height ratio (.r-150 is 3:2): the CSP allows no inline style. */
const shapes = {
  name: "shapes",
  setup(bundler) {
    bundler.onResolve({ filter: /^shapes:/ }, ({ path }) => ({ path, namespace: "shapes" }));
    bundler.onLoad({ filter: /.*/, namespace: "shapes" }, () => {
      const rules = [];
      for (let hundredths = 30; hundredths <= 360; hundredths += 2) rules.push(`.r-${hundredths}{--r:${hundredths / 100}}`);
      return { contents: rules.join("\n"), loader: "css" };
    });
  },
};

/** After each build: the manifest, and the compressed twins. */
const publish = {
  name: "publish",
  setup(bundler) {
    bundler.onEnd(async ({ metafile, errors }) => {
      if (errors.length > 0) return;
      const outputs = Object.keys(metafile.outputs).map((path) => basename(path)).sort();
      const plain = (name) => name.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, "");
      const manifest = Object.fromEntries(outputs.map((name) => [plain(name), name]));
      await Promise.all(outputs.filter((name) => /\.(css|js|svg)$/.test(name)).map(compress));
      const before = await lastNames();
      await writeFile(`${MANIFEST}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
      await rename(`${MANIFEST}.new`, MANIFEST);
      await sweep(new Set([...outputs, ...before]));
    });
  },
};

/** What the last build named. Whoever still runs with it finds its files: only those of older builds are swept. */
async function lastNames() {
  return readFile(MANIFEST, "utf8").then((text) => Object.values(JSON.parse(text)), () => []);
}

async function sweep(kept) {
  const stale = (await readdir(DIST)).filter((name) => name !== basename(MANIFEST) && !kept.has(name.replace(/\.(gz|br)$/, "")));
  await Promise.all(stale.map((name) => rm(join(DIST, name))));
}

async function compress(name) {
  const bytes = await readFile(join(DIST, name));
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(join(DIST, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
  await writeFile(join(DIST, `${name}.br`), await promisify(brotliCompress)(bytes, best));
}

const options = {
  entryPoints: [
    ...PAGES.map((page) => ({ in: `${ASSETS}/js/${page}.js`, out: page })),
    ...["stage", "panel", "judges", "winners", "desk", "preview"].map((page) => ({ in: `${ASSETS}/css/${page}.css`, out: page })),
    { in: `${ASSETS}/icon.svg`, out: "icon" },
    { in: `${ASSETS}/card.jpg`, out: "card" },
  ],
  outdir: DIST,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  loader: { ".svg": "copy", ".jpg": "copy" },
  plugins: [fonts, shapes, publish],
  metafile: true,
  legalComments: "none",
  logLevel: "info",
};

await mkdir(DIST, { recursive: true });
if (process.argv.includes("--watch")) await (await context(options)).watch();
else await build(options);
