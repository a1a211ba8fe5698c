import { createCloud } from "./createCloud";
import { control, controlPrefix } from "./front/control";
import { dispatch } from "./front/dispatch";
import { Faults } from "./front/faults";
import { Forwarder } from "./front/forward";
import type { FrontServer } from "./front/listen";
import { RequestLog } from "./front/requestLog";
import { MotoClients } from "./moto/motoClients";
import type { Moto } from "./moto/motoProcess";
import type { LocalSettingsChange } from "./settings";

export interface ServeOptions {
    readonly directory: string;
    readonly settings: LocalSettingsChange;
    readonly report: (error: unknown) => void;
}

/** Puts the front and the simulator before a moto that runs, and opens the doors. Gives what ends them. */
export function serveCloud(front: FrontServer, moto: Moto, options: ServeOptions): () => void {
    const forwarder = new Forwarder(moto.port);
    const clients = new MotoClients(moto.port);
    const { report } = options;
    const controlled = createCloud(clients, forwarder, options.settings, report);
    const { cloud } = controlled;
    const parts = { controlled, cloud, forwarder, faults: new Faults(), log: new RequestLog(), report };
    const health = (): object => ({
        pid: process.pid,
        directory: options.directory,
        motoPid: moto.pid,
        pendingTimers: cloud.timers.count,
    });
    front.serve((request, response) =>
        request.url?.startsWith(controlPrefix) === true
            ? control({ ...parts, health }, request, response)
            : dispatch(parts, request, response),
    );
    return () => {
        cloud.timers.clear();
        forwarder.close();
    };
}
