import { clusterOf } from "../../automation/environment/target";
import { waitUntilReady } from "../../automation/hosts/wait";
import type { Host } from "../../automation/ports/aws";
import { parseSettings, type ResolvedSettings } from "../../components/model/settings";
import { targetIn } from "./awsObjects";
import type { FakeAws, FakeAwsState } from "./fakeAws";
import { createFakeClock, recordProgress, type RecordedProgress } from "./fakeTime";

function settingsOf(raw: object): ResolvedSettings {
    const { settings, problems } = parseSettings(raw, "alice");
    if (settings === undefined) {
        throw new Error(JSON.stringify(problems));
    }
    return settings;
}

interface GateOptions {
    readonly settings?: object;
    readonly hosts?: number;
    readonly timeoutSeconds?: number;
    /** Beside those of the instances and groups. */
    readonly stateIds?: readonly string[];
    readonly outputs?: Record<string, unknown>;
    readonly counts?: (host: Host) => boolean;
    readonly signal?: AbortSignal;
    readonly onSleep?: (seconds: number, state: FakeAwsState) => void;
}

/** Waits until the hosts of the environment alice are ready; answers with the report or the error. */
export async function gate(
    fake: FakeAws,
    options: GateOptions = {},
): Promise<{ readonly result: unknown; readonly recorded: RecordedProgress; readonly seconds: number }> {
    const recorded = recordProgress();
    const clock = createFakeClock((seconds) => options.onSleep?.(seconds, fake.state));
    const { signal = new AbortController().signal, hosts, counts, timeoutSeconds = 60 } = options;
    const cluster = clusterOf(options.outputs ?? {}, "alice");
    const base = targetIn(fake, { clock, signal });
    const stateIds = new Set([...base.stateIds, ...(options.stateIds ?? [])]);
    const target = { ...base, stateIds, ...cluster };
    const settings = settingsOf(options.settings ?? { hosts: { count: 2 } });
    const request = { settings, timeoutSeconds, hosts, counts };
    const result = await waitUntilReady(target, request, recorded.progress).catch((error: unknown) => error);
    return { result, recorded, seconds: clock.seconds };
}
