namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>What a reader tells of its progress, at once: the runtime's own <see cref="Progress{T}"/> tells it later.</summary>
internal sealed class Told : IProgress<long>
{
    public List<long> Values { get; } = [];

    public void Report(long value) => Values.Add(value);
}
