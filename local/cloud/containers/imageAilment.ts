/** What somebody lets happen to the containers of an image (`POST /_local/images`). */
export interface ImageAilment {
    /** ECS's reason why a task of it does not start. */
    readonly fails?: string;
    /** Its containers run, and end by themselves with this. */
    readonly exitCode?: number;
}

/** Reads what is to become of an image from what someone posted. @throws Error naming what is wrong */
export function parseImageAilment(raw: unknown): { readonly image: string } & ImageAilment {
    const { image, fails, exitCode } = (typeof raw === "object" && raw !== null ? raw : {}) as Record<
        string,
        unknown
    >;
    if (typeof image !== "string" || image === "") {
        throw new Error(`image: got ${JSON.stringify(image)}, expected a reference`);
    }
    if (fails !== undefined && typeof fails !== "string") {
        throw new Error(`fails: got ${JSON.stringify(fails)}, expected a reason in ECS's words`);
    }
    if (exitCode !== undefined && typeof exitCode !== "number") {
        throw new Error(`exitCode: got ${JSON.stringify(exitCode)}, expected a number`);
    }
    return { image, fails, exitCode };
}
