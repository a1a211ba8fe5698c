import { command, type Line } from "../../components/model/commandLine";
import { isDaemon, shortId } from "../hosts/tasks";
import { counted } from "../output/counted";
import { planLines } from "../output/planLines";
import { isAtRest, toRemember } from "./services";
import { describeCosts, type StillCosts } from "../costs/stillCosts";
import type { Service } from "../ports/aws";
import { countedServices, runningHosts, type PauseSurvey } from "./survey";

/** Whether a pause has nothing left to do. */
export function isPaused(survey: PauseSurvey): boolean {
    const { isOwn, pause, group, hosts, standaloneTasks } = survey;
    const areHostsAtRest =
        group === undefined
            ? hosts.every(({ state }) => state === "stopped")
            : hosts.length === 0 && group.max === 0;
    return (
        areHostsAtRest &&
        (!isOwn || (typeof pause === "object" && standaloneTasks.length === 0)) &&
        countedServices(survey).every((service) => isAtRest(survey, service))
    );
}

/** What a pause stops, what comes back, and what it leaves to pay for, as lines for a person. */
export function pausePlan(environment: string, survey: PauseSurvey, costs: StillCosts): readonly Line[] {
    const { services, standaloneTasks, group, hosts, isOwn, cluster } = survey;
    const comingBack = new Map(toRemember(survey).map(({ service, memory }) => [service.name, memory.count]));
    const describe = (service: Service): string =>
        isDaemon(service)
            ? `${service.name} (a daemon: it runs wherever a host does)`
            : `${service.name} (${service.running} running; ${comingBack.get(service.name) ?? 0} come back)`;
    return [
        `Pausing ${environment} stops:`,
        ...planLines("service", services.filter(({ isExpress }) => !isExpress).map(describe)),
        ...planLines(
            "task outside services",
            standaloneTasks.map(
                (task) => `${task.taskDefinition} (${shortId(task.arn)}): does not come back`,
            ),
        ),
        ...(group === undefined
            ? planLines(
                  "host",
                  runningHosts(survey).map(
                      ({ instanceId, zone }) => `${instanceId} (${zone}), with its volumes kept`,
                  ),
              )
            : planLines("group", [
                  `${group.name}: ${counted(hosts.length, "host")} terminated, with volumes and container images`,
              ])),
        ...(isOwn
            ? []
            : [`  keeps cluster ${cluster.name} and its services: it is not this environment's own`]),
        ...services
            .filter(({ isExpress }) => isExpress)
            .map(
                ({ name }) =>
                    `  leaves ${name} running, with all that it costs: an Express service, on Fargate`,
            ),
        `Still to pay for while it is paused: ${describeCosts(costs)}`,
        ["Brought back by ", command("resume", environment)],
    ];
}
