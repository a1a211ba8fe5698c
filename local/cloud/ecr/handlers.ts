import type { DeleteRepositoryCommandInput } from "@aws-sdk/client-ecr";
import type { Handler } from "../cloud";
import { AwsError, jsonResponse } from "../front/apiResponse";
import { imageHandlers } from "./images";
import { layerHandlers } from "./layers";
import { imagesOf, inputOf, repositoryOf } from "./repositories";

const getAuthorizationToken: Handler = async (request, cloud) => {
    const { host, username, password, expiresAt } = await cloud.registryDoors.access(request.region);
    const proxyEndpoint = `http://${host}`;
    const authorizationToken = Buffer.from(`${username}:${password}`).toString("base64");
    return jsonResponse({ authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint }] });
};

/** @throws AwsError RepositoryNotEmptyException */
const deleteRepository: Handler = async (request, cloud) => {
    const { repositoryName, force } = inputOf(request) as DeleteRepositoryCommandInput;
    const asked = await repositoryOf(cloud, request.region, repositoryName);
    if (force !== true && (await imagesOf(asked)).length > 0) {
        throw new AwsError(
            "RepositoryNotEmptyException",
            `The repository with name '${asked.name}' in registry with id '${asked.registryId}' cannot be deleted because it still contains images`,
        );
    }
    const response = await cloud.forward(request);
    await cloud.registry.images.remove(asked.stored);
    return response;
};

/** Amazon ECR: repositories are moto's, and what they hold is kept by a real registry. */
export const ecrHandlers: Readonly<Record<string, Handler>> = {
    DeleteRepository: deleteRepository,
    GetAuthorizationToken: getAuthorizationToken,
    ...imageHandlers,
    ...layerHandlers,
};
