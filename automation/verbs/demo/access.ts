import { AppError } from "../../errors/appError";

/** How AWS SDK clients reach the demo's local cloud, whatever the environment of the person says. */
export interface LocalAccess {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** @param env As the local cloud gives it. */
export function localAccess(env: Readonly<Record<string, string>>): LocalAccess {
    const value = (name: string): string => {
        const found = env[name];
        if (found === undefined) {
            throw new AppError("DEMO_FAILED", { message: `the local cloud names no ${name}` });
        }
        return found;
    };
    return {
        endpoint: value("AWS_ENDPOINT_URL"),
        region: value("AWS_REGION"),
        credentials: {
            accessKeyId: value("AWS_ACCESS_KEY_ID"),
            secretAccessKey: value("AWS_SECRET_ACCESS_KEY"),
        },
    };
}
