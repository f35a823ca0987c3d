/** How a variable gets into a docker build, which sees none of its surroundings. */
export function dockerBuildStep(variable: string): string {
  return `a docker build sees no variable of its surroundings: docker build --secret id=${variable},env=${variable}, and in the Dockerfile RUN --mount=type=secret,id=${variable},env=${variable} before the install command`;
}
