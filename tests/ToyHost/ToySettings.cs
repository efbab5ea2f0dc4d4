using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.ToyHost;

/// <summary>The text that a toy stage adds, how long it takes, and whether it fails.</summary>
internal sealed record ToySettings(string Text, double Seconds, bool Fails, SettingsUsed Used)
{
    public static ToySettings Read(ConfigBlock block)
    {
        (string text, double seconds, bool fails) = (block.Text("text", ""), block.Number("seconds", 0, "s", min: 0), block.Flag("fails"));
        return new ToySettings(text, seconds, fails, block.Used());
    }
}
