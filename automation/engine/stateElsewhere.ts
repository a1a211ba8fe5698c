import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import type { StateBackend } from "../settings/backend";

/**
 * What a person does about a state that is cut, where it is in no folder that this program could look into. Buckets have an
 * object whole or not at all, and keep the one before beside it; Pulumi's service keeps every version
 * (https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/).
 */
function restoreByHand(url: string | undefined, project: string, stack: string): string {
    const [, scheme = "", bucket = ""] = /^(\w+):\/\/([^?#]*)/.exec(url ?? "") ?? [];
    const state = shellWord(
        `${scheme}://${bucket.replace(/\/$/, "")}/.pulumi/stacks/${project}/${stack}.json`,
    );
    switch (scheme) {
        case "s3":
            return `aws s3 cp ${state}.bak ${state}`;
        case "gs":
            return `gcloud storage cp ${state}.bak ${state}`;
        case "azblob":
            return `az storage blob copy start: the blob .pulumi/stacks/${project}/${stack}.json.bak over the one without .bak`;
        default:
            return `pulumi stack export --stack ${stack} --version <the one before> --file state.json, then pulumi stack import --stack ${stack} --file state.json`;
    }
}

/** @throws AppError STATE_ELSEWHERE unless the backend is a folder */
export function requireFolder(
    { directory, url }: StateBackend,
    project: string,
    stack: string,
): { readonly directory: string } {
    if (directory === undefined) {
        throw new AppError("STATE_ELSEWHERE", {
            message: `the state of ${stack} is in ${url ?? "Pulumi's own service"}, expected a folder (file://)`,
            hint: restoreByHand(url, project, stack),
        });
    }
    return { directory };
}
