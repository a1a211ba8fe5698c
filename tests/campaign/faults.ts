import type { Stage } from "./stage";

/** What goes wrong on the way to AWS and back, as shares of all that does. */
const faultKinds: readonly (readonly [share: number, fault: Readonly<Record<string, unknown>>])[] = [
    // A name that every client of AWS takes for throttling.
    [0.3, { errorCode: "Throttling", message: "Rate exceeded", status: 400 }],
    [0.2, { errorCode: "InternalFailure", status: 500 }],
    [0.1, { errorCode: "InternalFailure", status: 500, answerOnly: true }],
    [0.15, { effect: "cut" }],
    [0.1, { effect: "cut", answerOnly: true }],
    [0.15, { effect: "slow", delaySeconds: 2 }],
];

/** Lets a share of all calls go wrong until `endFaults`. */
export async function addFaults(stage: Stage, share: number): Promise<void> {
    for (const [part, fault] of faultKinds) {
        await stage.control("POST", "faults", { ...fault, times: 1e9, probability: part * share });
    }
}

export async function endFaults(stage: Stage): Promise<void> {
    await stage.control("DELETE", "faults");
}
