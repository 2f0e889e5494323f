import {testsOf} from './test/mutation/tests-of.ts';
import {spawn} from 'node:child_process';
const file=process.argv[2];const tests=testsOf(file);console.log(file,tests.length);
const c=spawn(process.execPath,['--max-old-space-size=1500','test/mutation/try-file.ts'],{stdio:['pipe','inherit','inherit','pipe']});
c.stdin.end(JSON.stringify({file,tests,done:[]}));let last=Date.now();
c.stdio[3].on('data',d=>{const n=Date.now();if(n-last>1000)console.log('gap',n-last);last=n;for(const l of String(d).split('\n'))if(l.includes('"test"'))console.log(n%1000000,l)});
