d=document;h=location.hash.slice(9);q=i=>d.getElementById(i);
t=(i,v,o)=>(i=q(i))&&(i.textContent=i.textContent.replace(/\d.*\d|\d/,(+v).toLocaleString(d.documentElement.lang,o)));
m=(message,value)=>parent.postMessage({secret:h,message,value},"*");
g=(e,u)=>h&&u&&(e.preventDefault(),m("link",u));
f=x=>{x=JSON.parse(x);a=x.pledged.amount;t("p",a,{minimumFractionDigits:a%1&&2});t("n",x.percent);t("b",x.backers);if(i=q("f"))i.style.width=Math.min(x.percent,100)+"%",i.parentNode.ariaValueText=q("n").textContent;for(r of x.left)if(i=q(r.reward))i.hidden=i.disabled=!r.left};
s=new EventSource(d.body.dataset.live);s.addEventListener("funding",e=>f(e.data));
s.onerror=()=>s.readyState>1&&setInterval(()=>fetch(d.body.dataset.poll).then(r=>r.text()).then(f),3e4);
new ResizeObserver(z=()=>m("height",d.body.offsetHeight)).observe(d.body);onload=z;z();
d.onclick=e=>(i=e.target.closest("a,button"))&&g(e,i.href||(i=i.form).action+"?"+new URLSearchParams(new FormData(i)))
