// The sandbox's cards: one is declined, one asks its holder at the bank, and a
// real one is not taken at all.

import {
  CARDS,
  alive,
  checkout,
  expect,
  expectThanks,
  figures,
  fillCard,
  fillCheckout,
  fixtureCampaign,
  heading,
  server,
  test,
  uniqueEmail,
} from '../../fixtures';

test.use({ refusals: [422] });

test('a declined card is told at its field, and another one is taken', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'declined');
  const before = await figures(request, server('sqlite'), slug);
  const email = uniqueEmail('declined');
  await fillCheckout(page, slug, { email, amount: '12', card: CARDS.decline });
  const form = checkout(page);
  await form.submit.click();

  await expect(form.card).toHaveAccessibleDescription(
    /The bank declined this card. Nothing was kept; please try another one./,
  );
  await expect(form.email).toHaveValue(email);
  await expect(form.amount).toHaveValue('12');
  expect(await figures(request, server('sqlite'), slug)).toEqual(before);

  await alive(page);
  await fillCard(page, CARDS.success);
  await form.submit.click();
  await expectThanks(page);
  expect((await figures(request, server('sqlite'), slug)).pledged).toBe(before.pledged + 1_200);
});

test('a card that asks at the bank counts once its holder has said yes', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'bank');
  const before = await figures(request, server('sqlite'), slug);
  await fillCheckout(page, slug, { email: uniqueEmail('bank'), amount: '18', card: CARDS.authenticate });
  await checkout(page).submit.click();
  await expect(heading(page, 'Your bank asks for a confirmation')).toBeVisible();
  await expect(page.getByText('€18').first()).toBeVisible();
  expect(await figures(request, server('sqlite'), slug)).toEqual(before);

  await alive(page);
  await page.getByRole('button', { name: 'Confirm the card' }).click();
  await expectThanks(page);
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({
    pledged: before.pledged + 1_800,
    backers: before.backers + 1,
  });
});

test('no real card enters the sandbox', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'declined');
  await fillCheckout(page, slug, { email: uniqueEmail('real'), amount: '12', card: '5555 5555 5555 4444' });
  const form = checkout(page);
  await form.expiry.fill('01/20');
  await form.code.fill('12');
  await form.submit.click();
  await expect(form.card).toHaveAccessibleDescription(/This card number is not complete or not right./);
  await expect(form.expiry).toHaveAccessibleDescription(/This date has passed or is not a month and year./);
  await expect(form.code).toHaveAccessibleDescription(/The code has three or four digits./);
});

test('a form that is sent twice places one pledge', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'double submit');
  const before = await figures(request, server('sqlite'), slug);
  await fillCheckout(page, slug, { email: uniqueEmail('twice'), amount: '14' });
  await checkout(page).submit.dblclick();
  await expectThanks(page);
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({
    pledged: before.pledged + 1_400,
    backers: before.backers + 1,
  });
});
