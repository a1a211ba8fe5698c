import type { LocalCloudInfo } from "./localCloudInfo";

/** What the daemon tells whoever started it. */
export type DaemonMessage =
    | { readonly type: "progress"; readonly line: string }
    | { readonly type: "ready"; readonly info: LocalCloudInfo }
    | { readonly type: "failed"; readonly name: string; readonly message: string };

/** What the daemon is started with, as JSON in its one argument. */
export interface DaemonArguments {
    readonly directory: string;
    /** Missing: the usual port, or a free one where that is taken. */
    readonly port?: number;
    readonly motoServer: string;
    readonly exitWithParent: boolean;
}
