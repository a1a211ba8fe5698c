/** A boot log in the making: lines with the seconds since power on, as a console shows them. */
export class BootLog {
    private readonly lines: string[] = [];
    private uptimeSeconds = 0;

    /** A line of the kernel or of systemd. */
    system(text: string, seconds = 0.4): void {
        this.pass(seconds);
        this.lines.push(`[${this.uptimeSeconds.toFixed(6).padStart(12)}] ${text}`);
    }

    cloudInit(text: string, seconds = 0.6): void {
        this.system(`cloud-init[912]: ${text}`, seconds);
    }

    ecsInit(level: "info" | "error", text: string): void {
        this.system(`amazon-ecs-init[1834]: level=${level} msg="${text.replaceAll('"', "'")}"`, 0.9);
    }

    agent(
        level: "info" | "error" | "critical",
        text: string,
        fields: Readonly<Record<string, string>> = {},
    ): void {
        const more = Object.entries(fields).map(
            ([name, value]) => ` ${name}="${value.replaceAll('"', "'")}"`,
        );
        this.system(`ecs-agent[2012]: level=${level} msg="${text}"${more.join("")}`, 0.7);
    }

    /** One step of the bootstrap: a line of fixed form, as programs read it. */
    step(
        step: "hold" | "storage" | "configure" | "start" | "packages",
        result: "ok" | "failed",
        seconds: number,
        reason = "",
    ): void {
        this.pass(seconds);
        const text = reason.replaceAll('"', "'").replaceAll("\n", " ");
        this.lines.push(
            "",
            `sles-ecs-bootstrap: step=${step} result=${result} seconds=${seconds} reason="${text}"`,
        );
    }

    plain(text: string): void {
        this.lines.push(text);
    }

    toString(): string {
        return `${this.lines.join("\n")}\n`;
    }

    private pass(seconds: number): void {
        this.uptimeSeconds += seconds;
    }
}
