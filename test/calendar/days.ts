/** A moment on which everything must hold. */
export interface Day {
  readonly at: string;
  readonly why: string;
  /** Time zone of the firm and of the machines; default: the seeded firm's (Europe/Paris) on machines in UTC. */
  readonly zone?: string;
}

/** The day on which most went wrong; `npm test` runs it, in the short form. */
export const NASTIEST: Day = {
  at: '2028-02-29T23:59:55+01:00',
  why: '29 February turns into 1 March, and the hourly timer fires',
};

export const DAYS: readonly Day[] = [
  NASTIEST,

  { at: '2027-04-18T00:30+02:00', why: 'the last day is 21 times 24 hours ago, and clocks went forward between' },
  { at: '2026-12-12T14:00+01:00', why: 'a Saturday on which every 25th row of the log leaves a Saturday without any' },

  { at: '2026-12-07T00:30+01:00', why: 'Monday, half past midnight' },
  { at: '2026-12-08T08:15+01:00', why: 'Tuesday morning' },
  { at: '2026-12-09T12:00+01:00', why: 'Wednesday noon' },
  { at: '2026-12-10T18:30+01:00', why: 'Thursday, end of work' },
  { at: '2026-12-11T23:30+01:00', why: 'Friday, half past eleven' },
  { at: '2026-12-13T23:30+01:00', why: 'Sunday, half past eleven' },
  { at: '2026-12-14T02:20+01:00', why: 'while the runner reads' },

  { at: '2026-12-25T10:00+01:00', why: 'Christmas' },
  { at: '2026-12-31T23:59:40+01:00', why: 'the year ends while the case runs' },
  { at: '2027-01-01T00:30+01:00', why: 'the first half hour of a year' },
  { at: '2027-01-01T00:59:40+01:00', why: 'the year ends in UTC while the case runs' },
  { at: '2027-01-21T12:00+01:00', why: 'the last day was 31 December' },
  { at: '2027-07-14T23:30+02:00', why: 'a national holiday, at night' },

  { at: '2027-01-31T23:30+01:00', why: 'a month of 31 days ends' },
  { at: '2027-02-28T23:30+01:00', why: 'February ends' },
  { at: '2027-03-01T00:30+01:00', why: 'March begins' },
  { at: '2027-04-30T23:30+02:00', why: 'a month of 30 days ends' },
  { at: '2028-02-29T00:30+01:00', why: '29 February begins' },
  { at: '2028-02-29T12:00+01:00', why: '29 February' },
  { at: '2028-03-01T00:30+01:00', why: 'the day after 29 February' },
  { at: '2028-03-21T12:00+01:00', why: 'the last day was 29 February' },
  { at: '2028-05-28T23:30+02:00', why: 'the window begins with 29 February' },

  { at: '2027-03-27T23:30+01:00', why: 'the evening before clocks go forward' },
  { at: '2027-03-28T00:30+01:00', why: 'the night in which clocks go forward' },
  { at: '2027-03-28T01:59:40+01:00', why: 'clocks go forward while the case runs' },
  { at: '2027-03-28T03:30+02:00', why: 'half an hour after clocks went forward' },
  { at: '2027-03-28T23:30+02:00', why: 'a day of 23 hours ends' },
  { at: '2027-03-29T00:30+02:00', why: 'Easter Monday, the day after clocks went forward' },
  { at: '2027-04-17T23:30+02:00', why: '21 days after the evening before clocks went forward' },
  { at: '2027-04-18T12:00+02:00', why: 'the last day was the one on which clocks went forward' },
  { at: '2027-06-25T23:30+02:00', why: 'the window begins with the day of 23 hours' },

  { at: '2027-10-30T23:30+02:00', why: 'the evening before clocks go back' },
  { at: '2027-10-31T00:30+02:00', why: 'the night in which clocks go back' },
  { at: '2027-10-31T02:30+02:00', why: 'half past two, the first time' },
  { at: '2027-10-31T02:59:40+02:00', why: 'clocks go back while the case runs' },
  { at: '2027-10-31T02:30+01:00', why: 'half past two, the second time' },
  { at: '2027-10-31T23:30+01:00', why: 'a day of 25 hours ends' },
  { at: '2027-11-01T00:30+01:00', why: 'All Saints, the day after clocks went back' },
  { at: '2027-11-21T00:30+01:00', why: '21 days after the day of 25 hours, at night' },
  { at: '2027-11-21T23:30+01:00', why: '21 days after the day of 25 hours, in the evening' },
  { at: '2028-01-28T23:30+01:00', why: 'the window begins with the day of 25 hours' },

  { at: '2027-03-14T03:30-04:00', why: 'clocks went forward', zone: 'America/New_York' },
  { at: '2027-11-07T01:30-04:00', why: 'half past one, the first time', zone: 'America/New_York' },
  { at: '2027-11-27T23:30-05:00', why: 'after clocks went back', zone: 'America/New_York' },
  {
    at: '2027-09-26T23:30-03:00',
    why: 'a Sunday night, 21 days after a day without midnight',
    zone: 'America/Santiago',
  },
  { at: '2027-09-05T01:10-03:00', why: 'a day that begins at one', zone: 'America/Santiago' },
  { at: '2027-04-04T03:30+12:00', why: 'clocks went back, UTC has yesterday', zone: 'Pacific/Auckland' },
  { at: '2027-10-17T00:30+13:00', why: 'after clocks went forward, UTC has yesterday', zone: 'Pacific/Auckland' },
  { at: '2027-04-18T00:30+03:00', why: 'after a day without midnight', zone: 'Asia/Beirut' },
];
