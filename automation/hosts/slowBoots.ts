import { lastStep } from "../../components/model/diagnosis/console";
import { secondsBetween } from "../output/durations";
import { readerTo } from "../diagnosis/readerTo";
import type { Target } from "../environment/target";
import { stageOf, type HostVerdict } from "./judge";

/** From when on a boot without an agent is worth a look; most are over by then. */
const slowSeconds = 120;
/** Consoles can only be read one by one: one host's turn comes after this long. */
const turnSeconds = 30;

/**
 * What there is to tell of hosts whose boots take long: the step that the bootstrap has come to, by the console of one host at
 * a time.
 */
export class SlowBoots {
    private readonly told = new Map<string, string>();
    /** Instances in the order in which their consoles were read. */
    private readonly read = new Set<string>();
    private nextTurn = 0;

    constructor(private readonly target: Pick<Target, "aws" | "clock">) {}

    /** The same verdicts, in words that say more where more is known. */
    async explain(verdicts: readonly HostVerdict[]): Promise<readonly HostVerdict[]> {
        const now = this.target.clock.now();
        const slow = verdicts.filter(
            (verdict) =>
                stageOf(verdict) === "booting" &&
                // Else it is known what keeps its agent away.
                verdict.host.hasInstanceProfile &&
                secondsBetween(verdict.host.launchedAt ?? now, now) >= slowSeconds,
        );
        const turn = slow.find(({ host }) => !this.read.has(host.instanceId)) ?? this.longestUnread(slow);
        if (turn !== undefined && now.getTime() >= this.nextTurn) {
            this.nextTurn = now.getTime() + turnSeconds * 1000;
            await this.look(turn.host.instanceId);
        }
        return verdicts.map((verdict) => {
            const told = slow.includes(verdict) ? this.told.get(verdict.host.instanceId) : undefined;
            return told === undefined ? verdict : { ...verdict, reached: told };
        });
    }

    private longestUnread(slow: readonly HostVerdict[]): HostVerdict | undefined {
        const first = [...this.read].find((id) => slow.some(({ host }) => host.instanceId === id));
        return slow.find(({ host }) => host.instanceId === first);
    }

    private async look(instanceId: string): Promise<void> {
        this.read.delete(instanceId);
        this.read.add(instanceId);
        // A console that cannot be read keeps nobody from waiting on.
        const console = await readerTo([])("its console", this.target.aws.ec2.consoleOutput(instanceId));
        const step = lastStep({ console });
        if (step !== undefined) {
            this.told.set(
                instanceId,
                step.result === "failed"
                    ? `step ${step.step} of its bootstrap failed: ${step.reason}`
                    : `step ${step.step} of its bootstrap is done, no ECS agent has registered yet`,
            );
        }
    }
}
