require('./preflight.js');
