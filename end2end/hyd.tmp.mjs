import { chromium, devices } from '@playwright/test';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
for (const path of ['/', '/campaigns/tide-clock', '/campaigns/tide-clock/pledge']) for (let k=0;k<2;k++) {
  const c = await b.newContext({ ...devices['Moto G4'], viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
  const p = await c.newPage();
  const s = await c.newCDPSession(p); await s.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await p.route('**' + path, async r => { if (r.request().resourceType() !== 'document') return r.continue(); const a = await r.fetch(); let t = await a.text();
    t = t.replace(/import\('([^']+)'\)\.then\([^;]*;/, (x, js) => `import('${js}').then(async m=>{const T=[];let a=performance.now();const W=await WebAssembly.compileStreaming(w);T.push('compiled',performance.now()-a);await new Promise(r=>setTimeout(r,50));a=performance.now();await m.default({module_or_path:W});T.push('instantiated',performance.now()-a);await new Promise(r=>setTimeout(r,50));a=performance.now();m.hydrate();T.push('hydrated',performance.now()-a);window.__t=T})};`);
    await r.fulfill({ response: a, body: t }); });
  await p.addInitScript(() => {
    window.__l = [];
    new PerformanceObserver(l => { for (const e of l.getEntries()) window.__l.push([Math.round(e.startTime), Math.round(e.duration)]); }).observe({ type: 'longtask', buffered: true });
  });
  await p.goto('http://127.0.0.1:3999' + path);
  await p.waitForTimeout(3500);
  console.log(path, JSON.stringify(await p.evaluate(() => [window.__t, window.__l])));
  await c.close();
}
await b.close();
