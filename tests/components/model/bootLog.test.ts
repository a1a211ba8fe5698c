import { expect } from "chai";
import fc from "fast-check";
import {
    type BootStepName,
    bootSteps,
    formatBootStep,
    lastBoot,
    parseBootLog,
} from "../../../components/model/bootLog";

describe("the boot log", () => {
    it("is found in console output, whatever is around it", () => {
        const consoleText = [
            "[    2.1] systemd[1]: Started something.",
            'sles-ecs-bootstrap: step=hold result=ok seconds=0.07 reason=""\r',
            '[   12.0] random: sles-ecs-bootstrap: step=storage result=failed seconds=600 reason="docker volume vol-1 was not attached"',
            "welcome to SLES",
        ].join("\n");
        expect(parseBootLog(consoleText)).to.deep.equal([
            { step: "hold", result: "ok", seconds: 0.07, reason: "" },
            {
                step: "storage",
                result: "failed",
                seconds: 600,
                reason: "docker volume vol-1 was not attached",
            },
        ]);
    });

    it("is empty where the bootstrap never wrote, and skips lines that are not its own", () => {
        expect(parseBootLog("")).to.deep.equal([]);
        expect(parseBootLog('sles-ecs-bootstrap: step=dance result=ok seconds=1 reason=""')).to.deep.equal(
            [],
        );
        expect(parseBootLog('sles-ecs-bootstrap: step=hold result=maybe seconds=1 reason=""')).to.deep.equal(
            [],
        );
        expect(parseBootLog("sles-ecs-bootstrap: step=hold result=ok")).to.deep.equal([]);
    });

    it("reads every line that it writes", () => {
        const steps = fc.record({
            step: fc.constantFrom(...bootSteps),
            result: fc.constantFrom("ok" as const, "failed" as const),
            seconds: fc.nat(1_000_000).map((hundredths) => hundredths / 100),
            reason: fc.stringMatching(/^[^"\r\n]{0,80}$/),
        });
        fc.assert(
            fc.property(fc.array(steps), (written) => {
                const text = written.map((step) => `noise\n${formatBootStep(step)}\n`).join("");
                expect(parseBootLog(text)).to.deep.equal(written);
            }),
        );
    });

    it("of the last boot has neither earlier boots nor steps that nothing waits for", () => {
        const step = (name: BootStepName) => ({ step: name, result: "ok", seconds: 1, reason: "" }) as const;
        const names = (...all: BootStepName[]) => lastBoot(all.map(step)).map((one) => one.step);
        expect(names("hold", "storage", "hold", "storage", "configure")).to.deep.equal([
            "hold",
            "storage",
            "configure",
        ]);
        expect(names("hold", "storage", "configure", "start", "packages").at(-1)).to.equal("start");
        expect(names("storage")).to.deep.equal(["storage"]);
        expect(names("packages")).to.deep.equal([]);
    });

    it("has no quotes within a reason", () => {
        const line = formatBootStep({
            step: "start",
            result: "failed",
            seconds: 1,
            reason: 'unit "docker" failed',
        });
        expect(parseBootLog(line)[0]?.reason).to.equal("unit 'docker' failed");
    });
});
