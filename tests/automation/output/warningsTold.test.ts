import { expect } from "chai";
import { createProgress } from "../../../automation/output/progress";
import { WarningsTold } from "../../../automation/output/warningsTold";
import type { Progress } from "../../../automation/ports/io";
import { fakeClock, recordIo } from "../../helpers/io";

function record(told?: WarningsTold): { readonly progress: Progress; readonly text: () => string } {
    const io = recordIo();
    return { progress: createProgress(io, fakeClock(), told), text: () => io.err() };
}

describe("the steps of a command", () => {
    const name = "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64";
    const gone = `the host image ${name} (ami-00000000000000310) is gone`;

    it("warn of each thing once, by what was said of it first", () => {
        const told = new WarningsTold();
        const [checks, preview, update] = [record(told), record(told), record(told)];
        checks.progress.note(`warning: hostImage.lock: ${gone}; pint does not list it (move it)`);
        checks.progress.note("warning: hosts.count: a host alone");
        for (const { progress } of [preview, update]) {
            progress.diagnostic({ severity: "warning", message: `${gone} (move it)\n` });
            progress.diagnostic({ severity: "warning", message: "the host image is not locked: ami-1" });
        }
        expect(checks.text()).to.equal(
            `warning: hostImage.lock: ${gone}; pint does not list it (move it)\nwarning: hosts.count: a host alone\n`,
        );
        expect(preview.text()).to.equal("warning: the host image is not locked: ami-1\n");
        expect(update.text()).to.equal("");
    });

    it("warn of two images, and repeat errors and notes", () => {
        const { progress, text } = record();
        for (const id of ["ami-1", "ami-2"]) {
            progress.diagnostic({ severity: "warning", message: `the host image ${name} (${id}) is gone` });
        }
        progress.note("done");
        progress.note("done");
        progress.phase("again");
        progress.diagnostic({ severity: "error", message: gone });
        progress.end();
        expect(text().match(/is gone/g)).to.have.length(3);
        expect(text()).to.match(/done\ndone\n/);
    });
});
