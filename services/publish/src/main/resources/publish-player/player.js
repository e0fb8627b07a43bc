// Plays the page's video: by hls.js where media sources are to be had, natively otherwise.
(() => {
  "use strict";
  const player = document.getElementById("player");
  const message = document.getElementById("message");
  if (!player) return;

  const tell = (text) => {
    message.textContent = text;
    message.hidden = false;
  };

  player.addEventListener("error", () => tell("This cannot be played here. The link below opens it in a media player."));
  player.addEventListener("playing", () => { message.hidden = true; });

  const playlist = player.dataset.playlist;
  if (!playlist) return;
  const native = player.canPlayType("application/vnd.apple.mpegurl");
  if (window.Hls && window.Hls.isSupported()) {
    // The worker would have to come from a blob, which the page's policy does not allow.
    const hls = new window.Hls({ enableWorker: false, capLevelToPlayerSize: true });
    let recoveries = 0;
    hls.on(window.Hls.Events.ERROR, (event, data) => {
      if (!data.fatal) return;
      if (data.type === window.Hls.ErrorTypes.NETWORK_ERROR && recoveries++ < 5) {
        tell("The connection is lost; trying again.");
        setTimeout(() => hls.startLoad(), 2000);
      } else if (data.type === window.Hls.ErrorTypes.MEDIA_ERROR && recoveries++ < 5) {
        hls.recoverMediaError();
      } else {
        hls.destroy();
        tell("This cannot be played here. The link below opens it in a media player.");
      }
    });
    hls.loadSource(playlist);
    hls.attachMedia(player);
  } else if (native) {
    player.src = playlist;
  } else {
    tell("This browser cannot play HLS. The link below opens it in a media player.");
  }
})();
