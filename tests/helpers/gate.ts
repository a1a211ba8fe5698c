import { waitUntilReady } from "../../automation/hosts/readyGate/readyGate";
import { parseSettings, type ResolvedSettings } from "../../components/model/settings";
import { stack, type FakeAws, type FakeAwsState } from "./fakeAws";
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
    readonly outputs?: Record<string, unknown>;
    readonly imageId?: string;
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
    const result = await waitUntilReady(fake.aws, clock, {
        environment: "alice",
        stack,
        settings: settingsOf(options.settings ?? { hosts: { count: 2 } }),
        outputs: options.outputs ?? { clusterName: "alice" },
        timeoutSeconds: options.timeoutSeconds ?? 60,
        signal: options.signal ?? new AbortController().signal,
        progress: recorded.progress,
        hosts: options.hosts,
        imageId: options.imageId,
    }).catch((error: unknown) => error);
    return { result, recorded, seconds: clock.seconds };
}
