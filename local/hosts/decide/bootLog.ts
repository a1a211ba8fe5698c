/**
 * A boot's logs in the making: lines with the seconds since power on. What units write, such as the agent's, goes to the
 * journal alone; the console shows what the kernel, systemd, cloud-init and the bootstrap say.
 */
export class BootLog {
    private readonly consoleLines: string[] = [];
    private readonly journalLines: string[] = [];
    private uptimeSeconds = 0;

    /** A line of the kernel or of systemd. */
    system(text: string, seconds = 0.4): void {
        this.both(this.timed(text, seconds));
    }

    /** What a unit writes. */
    unit(text: string, seconds = 0.7): void {
        this.journalLines.push(this.timed(text, seconds));
    }

    cloudInit(text: string, seconds = 0.6): void {
        this.system(`cloud-init[912]: ${text}`, seconds);
    }

    ecsInit(level: "info" | "error", text: string): void {
        this.unit(`amazon-ecs-init[1834]: level=${level} msg="${text.replaceAll('"', "'")}"`, 0.9);
    }

    agent(
        level: "info" | "error" | "critical",
        text: string,
        fields: Readonly<Record<string, string>> = {},
    ): void {
        const more = Object.entries(fields).map(
            ([name, value]) => ` ${name}="${value.replaceAll('"', "'")}"`,
        );
        this.unit(`ecs-agent[2012]: level=${level} msg="${text}"${more.join("")}`);
    }

    /** One step of the bootstrap: a line of fixed form, as programs read it. */
    step(
        step: "hold" | "storage" | "configure" | "capabilities" | "start" | "packages",
        result: "ok" | "failed",
        seconds: number,
        reason = "",
    ): void {
        this.pass(seconds);
        const text = reason.replaceAll('"', "'").replaceAll("\n", " ");
        this.both(
            "",
            `sles-ecs-bootstrap: step=${step} result=${result} seconds=${seconds} reason="${text}"`,
        );
    }

    plain(text: string): void {
        this.consoleLines.push(text);
    }

    /** What the serial console shows. */
    get console(): string {
        return `${this.consoleLines.join("\n")}\n`;
    }

    /** What the journal of the host holds. */
    get journal(): string {
        return `${this.journalLines.join("\n")}\n`;
    }

    private both(...lines: readonly string[]): void {
        this.consoleLines.push(...lines);
        this.journalLines.push(...lines);
    }

    private timed(text: string, seconds: number): string {
        this.pass(seconds);
        return `[${this.uptimeSeconds.toFixed(6).padStart(12)}] ${text}`;
    }

    private pass(seconds: number): void {
        this.uptimeSeconds += seconds;
    }
}
