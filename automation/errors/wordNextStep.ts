import { sayNextStep, type NextCommand, type NextStep } from "../../components/model/nextStep";

/** A next step in the words of this command line. */
export function wordNextStep(step: NextStep): string {
    return sayNextStep(step, say);
}

function say(command: NextCommand): string {
    switch (command.do) {
        case "adoptCluster":
            return `sles-ecs up ${command.environment} --adopt-cluster`;
        case "setSetting":
            return `set ${command.path} to ${command.value}${command.bound === undefined ? "" : ` ${command.bound}`}`;
        case "unsetSetting":
            return `leave ${command.path} out of the settings`;
        case "lockImage":
            return `sles-ecs images lock ${command.environment}${command.newest === true ? " --newest" : ""}`;
        case "updateImage":
            return `sles-ecs images update ${command.environment}${command.to === undefined ? "" : ` --to ${command.to}`}`;
        case "listHostImages":
            return `sles-ecs images list --region ${command.region} --filter name~ecs`;
    }
}
