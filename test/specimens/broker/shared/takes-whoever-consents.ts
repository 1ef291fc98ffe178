// Takes a new consent from whoever gives it, and from then on acts in the name of that person.

import { broker } from './broker.ts';

export default broker({ asksWhoConsented: false });
