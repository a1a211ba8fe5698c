import { expect } from "chai";

import { AppError } from "../../automation/errors/appError";

/** What a call of AWS is told as when it fails. */
export async function failureOf(call: Promise<unknown>): Promise<AppError> {
    const error: unknown = await call.then(
        () => new Error("expected a failure"),
        (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(AppError);
    return error as AppError;
}

/** Sets variables of this process, where the AWS SDK looks by itself. Node reads some of them past a new object. */
export async function withProcessEnv(
    changes: Readonly<Record<string, string | undefined>>,
    work: () => Promise<void>,
): Promise<void> {
    const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
    const set = ([name, value]: readonly [string, string | undefined]): void => {
        if (value === undefined) {
            Reflect.deleteProperty(process.env, name);
        } else {
            process.env[name] = value;
        }
    };
    Object.entries(changes).forEach(set);
    try {
        await work();
    } finally {
        before.forEach(set);
    }
}
