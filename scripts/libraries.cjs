// The libraries that many runs do without, each loaded when it is first asked for. They are built into one file beside the program.
module.exports = {
  get 'js-yaml'() {
    return require('js-yaml');
  },
  get 'npm-package-arg'() {
    return require('npm-package-arg');
  },
  get 'npm-pick-manifest'() {
    return require('npm-pick-manifest');
  },
  get picomatch() {
    return require('picomatch');
  },
  get 'smol-toml'() {
    return require('smol-toml');
  },
};
