using TauPipeline.BuildGraph;
using TauPipeline.Configuration;

namespace TauPipeline.Stages;

/// <summary>The block <c>resources:</c> of an external stage.</summary>
/// <param name="Cpu">Processors.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="Seconds">After these it is ended; 0 is for ever.</param>
/// <param name="Retries">How often it is tried again.</param>
/// <param name="Tokens">Named tokens.</param>
public sealed record ExternalNeeds(int Cpu, long Memory, double Seconds, int Retries, IReadOnlyDictionary<string, int> Tokens)
{
    internal static ExternalNeeds Read(ConfigBlock block) => new(
        (int)block.Whole("cpu", 1, 1, 4096),
        block.Whole("memory", BuildGraph.Resources.OneCpu.Memory, 1, unit: "B"),
        block.Number("timeout", 0, "s", 0),
        (int)block.Whole("retries", 0, 0, 1000),
        block.WholeMap("tokens", 1).ToDictionary(token => token.Name, token => token.Value));

    /// <summary>As the engine wants it.</summary>
    internal Resources Resources() =>
        new()
        {
            Cpu = Cpu,
            Memory = Memory,
            Timeout = Seconds > 0 ? TimeSpan.FromSeconds(Seconds) : null,
            Retries = Retries,
            Tokens = Tokens,
        };
}
