import { recordRun } from "../../../automation/runs/recordRun";
import { fakeContext } from "../../helpers/fakes";

/** A run that never ends, in a process of its own; the process does with its stdin, so that it outlives no test. */
const [directory = "", cache = ""] = process.argv.slice(2);
const context = fakeContext({ directory, env: { SLES_ECS_CACHE: cache } });
const stack = { qualifiedName: "organization/p/alice", stackId: "id" };
process.stdin.resume().once("end", () => process.exit());

void recordRun("up", { environment: "alice", project: { directory }, stack }, context, async (recorded) => {
    const progress = await recorded.createProgress();
    progress.phase("creating");
    progress.resource({
        ...{ phase: "started", operation: "create", urn: "urn:1", type: "aws:ec2/vpc:Vpc", name: "n" },
        changedProperties: [],
    });
    await new Promise<void>(() => undefined);
});
