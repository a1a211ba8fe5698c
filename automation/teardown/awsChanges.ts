import type { EvidenceStep } from "../../components/model/evidence";
import { tagKeys } from "../../components/model/tags";
import { repositoryType, serviceTypes } from "../inventory/found";
import type { Aws } from "../ports/awsServices";
import type { Begun } from "../ports/deploymentServices";

/** What a call would change: its subject by type and by name, ARN or id. */
export type Change = Pick<EvidenceStep, "what" | "type"> & { readonly subject: string };

/** The methods of a service that answer with nothing, or with what has begun: those that change something. */
type ChangesOf<Service> = {
    readonly [
        Name in keyof Service as Service[Name] extends (...given: never[]) => Promise<void> | Promise<Begun>
            ? Name
            : never
    ]: Service[Name] extends (...given: infer Given) => unknown
        ? (...given: Given) => readonly Change[]
        : never;
};

const change = (what: string, type: string, subject: string): readonly Change[] => [{ what, type, subject }];
const changeAll = (what: string, type: string, subjects: readonly string[]): readonly Change[] =>
    subjects.map((subject) => ({ what, type, subject }));
/** The step that ends the loan of a group, which lives on. */
export const givenBack = "give back";
/** Of EC2's words for types, as far as ids tell. */
const ec2Type = (id: string): string => (id.startsWith("i-") ? "ec2:instance" : "ec2:resource");

/** Every call of AWS's that changes something, in words; one that has none here does not compile. */
const changes: { readonly [Service in keyof Aws]: ChangesOf<Aws[Service]> } = {
    identity: {},
    ecs: {
        tagCluster: (arn, tags) => change(`tag with ${Object.keys(tags).join(", ")}`, "ecs:cluster", arn),
        untagCluster: (arn, keys) => change(`take the tags ${keys.join(", ")} away`, "ecs:cluster", arn),
        tagService: (arn, tags) => change(`tag with ${Object.keys(tags).join(", ")}`, "ecs:service", arn),
        untagService: (arn, keys) => change(`take the tags ${keys.join(", ")} away`, "ecs:service", arn),
        setDesiredCount: (_, service, count) =>
            change(`set desired count to ${count}`, "ecs:service", service),
        deleteService: (_, service) => change("delete", "ecs:service", service),
        stopTask: (_, arn) => change("stop", "ecs:task", arn),
        drain: (_, arns) => changeAll("drain", "ecs:container-instance", arns),
        activate: (_, arns) => changeAll("activate", "ecs:container-instance", arns),
        removeCluster: (arn) => change("delete", "ecs:cluster", arn),
        removeCapacityProvider: (arn) => change("delete", "ecs:capacity-provider", arn),
        detachCapacityProviders: (cluster) => change("detach capacity providers", "ecs:cluster", cluster),
        makeGroupProvider: ({ name }) => change("create", "ecs:capacity-provider", name),
        attachCapacityProvider: (_, name) => change("put on the cluster", "ecs:capacity-provider", name),
        detachCapacityProvider: (_, name) => change("take off the cluster", "ecs:capacity-provider", name),
        removeExpressService: (arn) => change("delete", "ecs:service", arn),
        removeDaemon: (arn) => change("delete", "ecs:daemon", arn),
        removeTaskDefinition: (arn) => change("delete", serviceTypes.taskDefinition, arn),
        createService: ({ name }) => change("create", "ecs:service", name),
        changeService: ({ name }) => change("change", "ecs:service", name),
        deregister: (_, arn) => change("deregister", "ecs:container-instance", arn),
    },
    ec2: {
        start: (ids) => changeAll("start", "ec2:instance", ids),
        stop: (ids) => changeAll("stop the instance", "ec2:instance", ids),
        reboot: (ids) => changeAll("reboot", "ec2:instance", ids),
        remove: (id) => change("delete", ec2Type(id), id),
        letIn: (id) => change("let in", "ec2:security-group", id),
    },
    iam: {
        removeRole: (name) => change("delete", "iam:role", name),
        removeInstanceProfile: (name) => change("delete", "iam:instance-profile", name),
    },
    autoScaling: {
        tagGroup: (name, tags) =>
            change(`tag with ${Object.keys(tags).join(", ")}`, "autoscaling:group", name),
        untagGroup: (name, keys) =>
            change(
                keys.includes(tagKeys.attachedTo) ? givenBack : `take the tags ${keys.join(", ")} away`,
                "autoscaling:group",
                name,
            ),
        renew: (id) => change("replace", "ec2:instance", id),
        resize: (name) => change("resize", "autoscaling:group", name),
        remove: (name) => change("delete", "autoscaling:group", name),
        detachInstances: (group, ids) => changeAll(`let leave the group ${group}`, "ec2:instance", ids),
        dropScaleInProtection: (_, ids) => changeAll("drop scale-in protection", "ec2:instance", ids),
    },
    applicationScaling: {
        setMinimum: (id, min) => change(`set minimum to ${min}`, "application-autoscaling:target", id),
        setSuspended: (id) => change("suspend or resume scaling", "application-autoscaling:target", id),
    },
    scheduler: {
        removeGroup: (name) => change("delete", "scheduler:schedule-group", name),
        removeSchedule: (group, name) => change("delete", "scheduler:schedule", `${group}/${name}`),
        moveSchedules: (group, { state }) =>
            change(`move the schedules (${state})`, "scheduler:schedule-group", group),
        switchHours: (group, state) =>
            change(`switch the hours (${state})`, "scheduler:schedule-group", group),
    },
    ssm: {
        cancelCommand: (id) => change("cancel", "ssm:command", id),
        terminateSession: (id) => change("end", "ssm:session", id),
    },
    pricing: {},
    tagging: {},
    loadBalancing: {
        remove: (arn) =>
            change(
                "delete",
                arn.includes(":targetgroup/") ? serviceTypes.targetGroup : serviceTypes.loadBalancer,
                arn,
            ),
    },
    kms: {},
    quotas: {},
    ecr: {
        removeRepository: (name) => change("delete", repositoryType, name),
        uploadLayer: (name, { digest }) => change(`upload the layer ${digest}`, repositoryType, name),
        putImage: (name, { tag }) => change(`put the image ${tag}`, repositoryType, name),
    },
    logs: {
        remove: (arn) => change("delete", "logs:log-group", arn),
        makeGroup: (name) => change("create", "logs:log-group", name),
    },
    cloudMap: { remove: (arn) => change("delete", "servicediscovery:namespace", arn) },
    parameters: {
        put: (name) => change("write", "ssm:parameter", name),
        remove: (name) => change("delete", "ssm:parameter", name),
    },
};

/** Told of every change once AWS has answered. @param error what it has thrown, if it has */
export type OnChange = (change: Change, error?: unknown) => void;

/** The same AWS, with somebody who is told of its changes. */
export function watchChanges(aws: Aws, onChange: OnChange): Aws {
    const watched = (name: keyof Aws): unknown => watchService(aws[name], changes[name], onChange);
    return {
        identity: aws.identity,
        ecs: watched("ecs") as Aws["ecs"],
        ec2: watched("ec2") as Aws["ec2"],
        iam: watched("iam") as Aws["iam"],
        autoScaling: watched("autoScaling") as Aws["autoScaling"],
        applicationScaling: watched("applicationScaling") as Aws["applicationScaling"],
        scheduler: watched("scheduler") as Aws["scheduler"],
        ssm: aws.ssm,
        pricing: aws.pricing,
        tagging: aws.tagging,
        loadBalancing: watched("loadBalancing") as Aws["loadBalancing"],
        kms: aws.kms,
        quotas: aws.quotas,
        ecr: watched("ecr") as Aws["ecr"],
        logs: watched("logs") as Aws["logs"],
        cloudMap: watched("cloudMap") as Aws["cloudMap"],
        parameters: watched("parameters") as Aws["parameters"],
    };
}

type Call = (...given: unknown[]) => Promise<unknown>;

function watchService(service: object, described: object, onChange: OnChange): object {
    return new Proxy(service, {
        get: (of, name) => {
            const call = Reflect.get(of, name) as Call;
            const describe = Reflect.get(described, name) as ((...given: unknown[]) => Change[]) | undefined;
            return describe === undefined
                ? call
                : async (...given: unknown[]) => {
                      const tell = (error?: unknown): void =>
                          describe(...given).forEach((one) => onChange(one, error));
                      try {
                          const answer = await call(...given);
                          tell();
                          return answer;
                      } catch (error) {
                          tell(error);
                          throw error;
                      }
                  };
        },
    });
}
