/** An app that does nothing: what the cold start of any app takes here, that of Node and of the local host. */
require('@azure/functions-core').setProgrammingModel({ name: 'empty', version: '0.0.0', getCapabilities: () => ({}) });
