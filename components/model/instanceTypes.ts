export type Architecture = "x86_64" | "arm64";

/**
 * Processor architecture of an EC2 instance type, by its name: a `g` among the letters after the generation
 * number means Graviton (EC2 user guide, "Amazon EC2 instance type naming conventions"); a1 is older than that.
 */
export function architectureOf(instanceType: string): Architecture {
    const family = instanceType.split(".")[0] ?? "";
    const options = /^[a-z]+\d+([a-z]*)/.exec(family)?.[1] ?? "";
    return family === "a1" || options.includes("g") ? "arm64" : "x86_64";
}
