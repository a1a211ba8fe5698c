import type { UserDataFacts } from "../userData/userDataFacts";
import type { ScriptAnswer } from "./hostCommand";

/** What a host says that was made without a bootstrap. */
export const noBootstrap: ScriptAnswer = {
    status: "Failed",
    exitCode: 1,
    output: "",
    errors: "this host has no bootstrap of sles-ecs\n",
};

/** User data as the bootstrap of a host finds it that was brought to another cluster: what it says of the cluster is over. */
export function movedUserData(userData: UserDataFacts, movedTo: string | undefined): UserDataFacts {
    const { bootstrap } = userData;
    if (movedTo === undefined || bootstrap === undefined) {
        return userData;
    }
    const agentConfig = { ...bootstrap.agentConfig, ECS_CLUSTER: movedTo };
    return { ...userData, bootstrap: { ...bootstrap, cluster: movedTo, agentConfig } };
}
