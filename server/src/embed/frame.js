// The script of a card, at most 600 bytes as it is sent: without these comments and
// without line ends. Names of one letter are the price; ids of the card's elements are
// names too (`domain::embed::figures::id`), so none of them is used here.

// d: the card; w: its addresses; h: the secret by which WordPress knows its frame.
d=document.body;
w=d.dataset;
h=location.hash.slice(9);

// Speaks to the page around it, as WordPress listens.
m=(message,value)=>parent.postMessage({secret:h,message,value},"*");

// Sets what moves: properties of elements by their ids, in words made by the server.
u=x=>{for(k in x)Object.assign(self[k]||{},x[k])};

// Asks every so often: each hour, since days pass also where nobody pledges.
i=t=>setInterval(e=>fetch(w.poll).then(r=>r.json()).then(u),t);
i(36e5);

// Follows the stream. Where none is to be had (refused for good, not just lost), it
// asks twice a minute.
s=new EventSource(w.live);
s.addEventListener("funding",e=>u(JSON.parse(e.data)));
s.onerror=e=>s.readyState>1&&i(3e4);

// Tells its height whenever it changes, and again for a page that began to listen late.
new ResizeObserver(z=e=>m("height",d.offsetHeight)).observe(d);
onload=z;

// Inside a sandbox that opens nothing, asks for its links and its form to be opened.
g=(e,u)=>h&&u&&(e.preventDefault(),m("link",u));
// The form by its button: where a sandbox allows no forms, nothing is submitted.
onclick=e=>(k=e.target.closest("a,button"))&&g(e,k.href||(k=k.form).action+"?"+new URLSearchParams(new FormData(k)))
