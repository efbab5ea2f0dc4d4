using Shouldly;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>The end of a tree's record, put together by hand after the guide (section 3.1): no public file of ours has a friend.</summary>
public sealed class FriendStreamerTests
{
    private static readonly Place Nowhere = new("friends.root", 0, "tree");

    [Fact]
    public void Friends_are_listed_with_alias_tree_and_file()
    {
        RootWriter record = UpToFriends();
        int list = record.BeginPointer("TList"), content = record.Begin(5);
        record.TObject().String("").I32(1);
        int friend = record.BeginPointer("TFriendElement"), element = record.Begin(2);
        record.TNamed("scores", "scores.root").String("dir/tree").U8(0);
        record.End(element);
        record.End(friend);
        record.String("");
        record.End(content);
        record.End(list);

        FriendRecord found = Read(record).Single();

        (found.Alias, found.TreeName, found.FileName).ShouldBe(("scores", "dir/tree", "scores.root"));
    }

    [Fact]
    public void A_tree_without_friends_or_with_an_unknown_end_has_none()
    {
        Read(UpToFriends().Null()).ShouldBeEmpty();
        Read(UpToFriends().U32(0x12345678)).ShouldBeEmpty();
    }

    // No leaves, no aliases, no index.
    private static RootWriter UpToFriends() => new RootWriter().Array(0, _ => { }).Null().I32(0).I32(0).Null();

    private static List<FriendRecord> Read(RootWriter record)
    {
        var reader = new RootReader(record.Written, Nowhere);
        var graph = new ObjectGraph(
            0,
            name =>
                name switch
                {
                    "TList" => new List<object?>(),
                    "TFriendElement" => new FriendRecord(),
                    _ => name,
                },
            (ref RootReader at, object target, ObjectGraph objects) =>
        {
            if (target is FriendRecord friend) FriendStreamer.Fill(ref at, friend);
            else if (target is List<object?> list) FriendStreamer.FillList(ref at, list, objects);
        });
        return FriendStreamer.After(ref reader, graph);
    }
}
