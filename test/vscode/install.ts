import { installChromium } from './find-chromium.ts';
import { installServer } from './install-server.ts';

installServer();
installChromium();
