import { chromium, devices } from '@playwright/test';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
for (const path of ['/', '/campaigns/tide-clock', '/campaigns/tide-clock/pledge']) {
  const c = await b.newContext({ ...devices['Moto G4'], viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
  const p = await c.newPage();
  const s = await c.newCDPSession(p); await s.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await p.addInitScript(() => {
    window.__l = [];
    new PerformanceObserver(l => { for (const e of l.getEntries()) window.__l.push(['lcp', Math.round(e.startTime), e.size, e.element?.tagName, (e.element?.className||'')+' '+(e.element?.textContent||'').trim().slice(0, 60), e.url]); }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver(l => { for (const e of l.getEntries()) window.__l.push(['long', Math.round(e.startTime), Math.round(e.duration)]); }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver(l => { for (const e of l.getEntries()) window.__l.push([e.name, Math.round(e.startTime)]); }).observe({ type: 'paint', buffered: true });
  });
  await p.goto('http://127.0.0.1:3999' + path);
  await p.waitForTimeout(3500);
  console.log(path); for (const l of await p.evaluate(() => window.__l)) console.log('  ', JSON.stringify(l));
  await c.close();
}
await b.close();
