using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>What other rooms may name of this one: a change of it is a decision, to be seen as one.</summary>
public sealed class PublicFaceTests
{
    [Fact]
    public void RootIO_offers_what_was_approved() => Approve.Text(PublicFace.Of(typeof(RootFile).Assembly));
}
