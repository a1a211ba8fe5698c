import { command, type Line } from "../../components/model/commandLine";
import { hostImages, sayNextStep, type NextCommand, type NextStep } from "../../components/model/nextStep";

/** A next step in the words of this command line. */
export function wordNextStep(step: NextStep): Line {
    return sayNextStep(step, say);
}

function say(next: NextCommand): Line {
    switch (next.do) {
        case "adoptCluster":
            return command("up", next.environment, "--adopt-cluster");
        case "setSetting":
            return `set ${next.path} to ${next.value}${next.bound === undefined ? "" : ` ${next.bound}`}`;
        case "unsetSetting":
            return `leave ${next.path} out of the settings`;
        case "lockImage":
            return command("images", "lock", next.environment, next.newest === true && "--newest");
        case "updateImage":
            return command("images", "update", next.environment, next.to !== undefined && ["--to", next.to]);
        case "listHostImages":
            return command("images", "list", "--region", next.region, "--filter", hostImages);
    }
}
