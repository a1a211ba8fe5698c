import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";

/** The `AppError` that a promise is rejected with; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<AppError> {
    const error: unknown = await promise.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(AppError);
    return error as AppError;
}
