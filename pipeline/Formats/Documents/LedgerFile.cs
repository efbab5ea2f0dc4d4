using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>The row ledger of a step, as the engine writes it at <see cref="Step.Ledger"/>.</summary>
/// <param name="Step">Identity of the step.</param>
/// <param name="Lines">Its lines, in the file's order.</param>
public sealed record LedgerFile(string Step, IReadOnlyList<LedgerLine> Lines) : IProduct<LedgerFile>
{
    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is no ledger.</exception>
    public static LedgerFile Read(ProductInput from) => Json.Read<LedgerFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, LedgerFile value) => Json.Write(to, value);
}
