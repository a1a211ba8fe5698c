/** Opens and closes all that is folded, and opens it for printing. The page says everything without it. */
export const script = `
(() => {
    const folded = [...document.querySelectorAll("details")];
    if (folded.length === 0) return;
    const button = document.createElement("button");
    const name = () => { button.textContent = folded.every((one) => one.open) ? "Close all" : "Open all"; };
    button.type = "button";
    button.addEventListener("click", () => {
        const open = !folded.every((one) => one.open);
        folded.forEach((one) => { one.open = open; });
        name();
    });
    folded.forEach((one) => one.addEventListener("toggle", name));
    const tools = document.createElement("p");
    tools.className = "tools";
    tools.append(button);
    document.querySelector("header").append(tools);
    name();
    let closed = [];
    addEventListener("beforeprint", () => {
        closed = folded.filter((one) => !one.open);
        closed.forEach((one) => { one.open = true; });
    });
    addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
})();
`;
