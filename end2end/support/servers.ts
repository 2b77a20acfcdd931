// The servers under test. `cargo xtask test` starts them and sets the variables.

export type Servers = {
  /** A demo on SQLite. */
  sqlite: string;
  /** Another one, whose clock a test moves ahead. */
  clock: string;
  /** A demo on Postgres. */
  postgres: string;
  /** Another process on the same Postgres database. */
  postgres2: string;
  /** No demonstration: cards are typed into the element of Stripe's script, for
   *  which localstripe stands in. */
  stripe: string;
};

/** Whether the person at the keyboard has only a SQLite server, and says so. */
export const onlySqlite = process.env.PEDESTAL_TEST_ONLY_SQLITE === '1';

/** The address of a server; absent ones are an error and not a skipped test. */
export function server(name: keyof Servers): string {
  const variable = {
    sqlite: 'BASE_URL',
    clock: 'BASE_URL_CLOCK',
    postgres: 'BASE_URL_POSTGRES',
    postgres2: 'BASE_URL_POSTGRES_2',
    stripe: 'BASE_URL_STRIPE',
  }[name];
  const address = process.env[variable] ?? (name === 'sqlite' ? 'http://127.0.0.1:3000' : undefined);
  if (!address) {
    throw new Error(
      `${variable} is not set. \`cargo xtask test browser\` sets it; ` +
        'PEDESTAL_TEST_ONLY_SQLITE=1 leaves out the tests that need more servers.',
    );
  }
  return address.replace(/\/$/, '');
}
