// One stack for both: the second subject goes on where the first ended.
import './whose-account/what-links.ts';
import './whose-account/what-people-say.ts';
