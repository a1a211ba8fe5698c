import type { Argv } from "yargs";

import { once } from "../../command/options";

/** `--region`, for every command about images. */
export function withRegion<T>(yargs: Argv<T>): Argv<T & { readonly region: string | undefined }> {
    return yargs.option("region", {
        describe: "Region of AWS, such as eu-central-1",
        type: "string",
        requiresArg: true,
        defaultDescription:
            "aws:region of Pulumi.yaml, AWS_REGION, AWS's own files, or that of all environments",
        coerce: once<string | undefined>("--region"),
    });
}
