// biome-ignore-all lint/style/useNodejsImportProtocol: an image whose Node does not know it gets a message, not a crash
// Unpacks the program into the artifact's folder and runs it there. The words in {{}} are filled in by the build.
const { spawnSync } = require('child_process');
const { createHash } = require('crypto');
const fs = require('fs');
const { basename, dirname, join, resolve } = require('path');
const { brotliDecompressSync } = require('zlib');

const payload = `{{payload}}`;
const sha256 = '{{sha256}}';
const { env } = process;
const folder = resolve(env.NPMRC_PREFLIGHT_ARTIFACT);
const report = join(folder, 'node_modules', 'report');

// node_modules: linters, formatters and test runners of later jobs leave what lies there alone
const program = join(folder, 'node_modules', 'npmrc-preflight.cjs');

/** What is wrong with this image, as a message, or null. */
function unfit() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 18)
    ? null
    : `npmrc-preflight needs Node 20.18 or later, and this image has ${process.versions.node}: set the input image`;
}

function unpacked() {
  try {
    return brotliDecompressSync(Buffer.from(payload, 'base64'));
  } catch {
    return Buffer.alloc(0);
  }
}

/** What is wrong with the program, as a message, or null. */
function damage(bytes) {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    return `the program in the template is damaged, so it was not run: its sha256 is ${found}, not ${sha256}. Take the template anew`;
  }
  return null;
}

/** Whether a path is that of the file which goes to later jobs. */
function travels(path) {
  const place = dirname(path);
  return (
    basename(path) === 'npmrc' && fs.existsSync(place) && fs.realpathSync(place) === fs.realpathSync(folder)
  );
}

/** Variables by which npm and pnpm would read another user file than this job writes. */
function strangers() {
  return Object.keys(env)
    .filter((name) => /^p?npm_config_userconfig$/i.test(name) && !travels(env[name]))
    .sort();
}

/** Says which files later jobs do not get, as Yarn 2+ reads none of ours. */
function tellWhatStays() {
  const file = join(report, 'report.json');
  if (!fs.existsSync(file)) return;
  const { files } = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const { path } of files.filter((file) => !travels(file.path))) {
    console.log(
      `note: ${JSON.stringify(path)} is of this job alone: jobs that install extend ${basename(folder)}:setup, which writes it there`,
    );
  }
}

/** Whoever the next job's user is may read all of it: nothing in it is secret. */
function open(path) {
  const isFolder = fs.lstatSync(path).isDirectory();
  fs.chmodSync(path, isFolder ? 0o755 : 0o644);
  if (isFolder) for (const name of fs.readdirSync(path)) open(join(path, name));
}

function run(bytes) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(join(folder, 'node_modules'), { recursive: true });
  const [stranger] = strangers();
  if (stranger !== undefined) {
    return stop(
      `another ${stranger} takes the place of the one that this component sets, so later jobs would not read the file that is written here. Remove that variable from the project, its groups, the pipeline or the image`,
    );
  }
  fs.writeFileSync(program, bytes);
  fs.writeFileSync(join(folder, 'npmrc'), '');
  fs.writeFileSync(join(folder, '.gitignore'), '*\n');
  const own =
    env.NPMRC_PREFLIGHT_CONFIG === 'none' ? ['NPM_CONFIG_USERCONFIG', 'PNPM_CONFIG_USERCONFIG'] : [];
  const ran = spawnSync(process.execPath, [program, 'run'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !own.includes(name))),
  });
  open(folder);
  tellWhatStays();
  if (resolve(env.NPMRC_PREFLIGHT_REPORT_DIR || '.') === report)
    leave('the check ended early: see the log of the job');
  return ran.status === null ? 1 : ran.status;
}

function stop(message) {
  console.error(`error: ${message}`);
  leave(message);
  return 2;
}

/** What the job keeps where the check did not come to reports of its own, so that GitLab shows the reason and complains about no missing file. */
function leave(message) {
  const text = message.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
  const files = {
    '../../.gitignore': '*\n',
    'preflight.env':
      'NPMRC_PREFLIGHT_VERDICT=error\nNPMRC_PREFLIGHT_FINDINGS=0\nNPMRC_PREFLIGHT_CODES=none\n',
    'codequality.json': '[]\n',
    'annotations.json': '{}\n',
    'junit.xml': `<testsuites><testsuite name="configuration" tests="1" errors="1"><testcase name="the check can be made" classname="configuration"><error message="${text}"/></testcase></testsuite></testsuites>\n`,
  };
  fs.mkdirSync(report, { recursive: true });
  for (const name of Object.keys(files)) {
    const path = join(report, name);
    if (!fs.existsSync(path)) fs.writeFileSync(path, files[name]);
  }
  open(folder);
}

/** The exit code. */
function start() {
  const old = unfit();
  if (old !== null) return stop(old);
  const bytes = unpacked();
  const why = damage(bytes);
  return why === null ? run(bytes) : stop(why);
}

process.exitCode = start();
